"""From trees to the calendar: what the story, the publication and the tense add to the words of a date."""
