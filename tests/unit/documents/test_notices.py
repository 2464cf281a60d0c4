"""Notices to subscribers and footers are boilerplate; news about newsletters, messages and subscriptions is not."""

import pytest

from dateline.documents.notices import is_notice
from dateline.documents.read import read

NOTICES = """\
You receive this message because you subscribed on 3 February 2020.
You are receiving this email because you signed up on our website on 3 February 2020.
If you no longer wish to receive these emails, unsubscribe here.
Unsubscribe: https://news.example/u/1
To unsubscribe from this list, click here.
This newsletter was sent to reader@example.org on 3 May 2020.
You subscribed on 3 February 2020.
Your subscription began on 3 February 2020.
© 2019–2024 The Sarn Courier.
Sie erhalten diese E-Mail, weil Sie sich am 3. Februar 2020 angemeldet haben.
Wenn Sie den Newsletter nicht mehr erhalten möchten, klicken Sie hier.
Newsletter abbestellen
Vous recevez ce message car vous vous êtes abonné le 3 février 2020.
Pour vous désabonner, cliquez ici.
Recibe este mensaje porque se suscribió el 3 de febrero de 2020.
Para darse de baja, haga clic aquí.
Ricevi questa e-mail perché ti sei iscritto il 3 febbraio 2020.
Per annullare l'iscrizione, clicca qui.
U ontvangt dit bericht omdat u zich op 3 februari 2020 hebt aangemeld.
Klik hier om u af te melden.
Bu e-postayı 3 Şubat 2020'de abone olduğunuz için alıyorsunuz.
Abonelikten çıkmak için tıklayın.
Вы получаете это письмо, потому что подписались 3 февраля 2020 года.
Чтобы отписаться от рассылки, нажмите здесь.
Ви отримуєте цей лист, оскільки підписалися 3 лютого 2020 року.
Щоб відписатися, натисніть тут.
Last updated: 3 May 2020.
If you don't want to receive our newsletter any more, tell us.
You can unsubscribe at any time.
Unsubscribe | Privacy | Contact
All rights reserved.
View this email in your browser.
Diese E-Mail wurde am 3. Mai 2020 an leser@example.org gesendet.
Zuletzt aktualisiert: 3. Mai 2020
Se désabonner
Votre abonnement a commencé le 3 février 2020.
Te suscribiste el 3 de febrero de 2020.
Annulla l'iscrizione
Uitschrijven
Uw abonnement begon op 3 februari 2020.
Bu e-postaları almak istemiyorsanız bize yazın.
Вы подписались 3 февраля 2020 года.
Ваша подписка началась 3 февраля 2020 года.
Ви підписалися 3 лютого 2020 року.
Оновлено: 3 травня 2020
""".splitlines()

NEWS = """\
“You receive this message because you subscribed,” the letter read on 3 May 2020.
You receive this message because you subscribed, the letter of 3 May 2020 read.
Readers who unsubscribed on 3 May 2020 got their money back.
The newsletter of 3 May 2020 named the mayor.
Unsubscribe rates rose on 3 May 2020.
The Courier began its newsletter on 3 February 2020.
The court ruled on 3 May 2020 that an unsubscribe link must stand in each newsletter.
Your subscription fees rose, the mayor told residents on 3 May 2020.
This message was found in a bottle on 3 May 2020.
You receive this letter because you own land at the river.
Der Newsletter vom 3. Mai 2020 nannte den Bürgermeister.
Sie erhalten diese Entschädigung, weil der Damm 2020 brach.
Abonnenten konnten sich ab dem 3. Mai 2020 abmelden.
Les abonnés ont reçu ce message le 3 mai 2020.
Los suscriptores recibieron el boletín el 3 de mayo de 2020.
La newsletter è stata sospesa il 3 maggio 2020.
De nieuwsbrief van 3 mei 2020 noemde de burgemeester.
Bülten 3 Mayıs 2020'de durduruldu.
Подписчики получили письмо 3 мая 2020 года.
Розсилку зупинили 3 травня 2020 року.
If you want to understand the harbour, look at 3 May 2020.
Copyright law was changed on 3 May 2020.
You can see the bridge from the harbour since May 2020.
Diese Nachricht ging am 3. Mai 2020 um die Welt.
Обновлено руководство порта: 3 мая 2020 года совет сменил директора и его заместителя.
To opt out of the treaty, Velmark must give notice by 3 May 2021.
This message was sent to the king on 3 May 2020.
Diese Nachricht wurde am 3. Mai 2020 an die Regierung geschickt.
If you want to receive aid, register by 3 May 2020.
Um 15 Uhr musste sich der Verein am 3. Mai 2020 abmelden.
Pour recevoir une aide, les communes devaient écrire avant le 3 mai 2020.
Se suscribió el 3 de mayo de 2020 un acuerdo sobre el río.
Si è iscritto il 3 maggio 2020 al partito.
Listeden çıkarılan üç köy 3 Mayıs 2020'de dava açtı.
Вы подписались под письмом 3 мая 2020 года?
Обновлено руководство порта 3 мая 2020 года.
Last updated in 1990, the plan was torn up.
You signed up with the rebels in 1990.
Sign up for this year's run ends on 3 May 2020.
Якщо ви не хочете війни, ви маєте говорити.
You can opt out of organ donation since 3 May 2020.
Este mensaje fue enviado al rey el 3 de mayo de 2020.
Ce message a été envoyé au roi le 3 mai 2020.
Dit bericht werd op 3 mei 2020 aan de koning gestuurd.
Это письмо было отправлено королю 3 мая 2020 года.
Copyright rules changed on 3 May 2020.
""".splitlines()


@pytest.mark.parametrize("sentence", NOTICES)
def test_a_notice_is_boilerplate(sentence: str) -> None:
    document = read(f"The council met on 3 May 2020.\n\n{sentence}".encode(), name="a.txt", language="en")

    assert is_notice(sentence)
    assert {one.role for one in document.sentences[1:]} == {"boilerplate"}
    assert document.sentences[0].role == "body"


@pytest.mark.parametrize("sentence", NEWS)
def test_news_in_like_words_stays_news(sentence: str) -> None:
    document = read(f"The council met on 3 May 2020.\n\n{sentence}".encode(), name="a.txt", language="en")

    assert "boilerplate" not in {one.role for one in document.sentences}


def test_a_notice_is_told_within_a_paragraph_of_news() -> None:
    text = "The council met. You receive this message because you subscribed on 3 February 2020. It voted."

    document = read(text.encode(), name="a.txt", language="en")

    assert [one.role for one in document.sentences] == ["body", "boilerplate", "body"]
