"""The least that goes a document's way through AWS: an object put, its notification, a function, a table, an API.

What it takes is the emulator's own, and any project's floor there.
"""

from __future__ import annotations

import io
import json
import shlex
import zipfile
from typing import TYPE_CHECKING, Any

from infra.local.cloud.aws import REGION
from infra.local.paths import RUNTIME_PYTHON

if TYPE_CHECKING:
    from infra.local.cloud.aws import Aws

STACK = "trivial"
_CODE_BUCKET, _CODE_KEY = "trivial-code", "code.zip"
_BOOTSTRAP = f"""\
#!/bin/sh
export PYTHONPATH="$LAMBDA_TASK_ROOT" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
exec {shlex.quote(str(RUNTIME_PYTHON))} -P -m awslambdaric "$_HANDLER"
"""
_CODE = """
import json, os
import boto3

table, name = boto3.client("dynamodb"), os.environ["TABLE"]


def write(event, context):
    for record in event["Records"]:
        for one in json.loads(record["body"]).get("Records", ()):
            table.put_item(TableName=name, Item={"pk": {"S": one["s3"]["object"]["key"]}})


def read(event, context):
    found = table.get_item(TableName=name, Key={"pk": {"S": event["pathParameters"]["key"]}}, ConsistentRead=True)
    return {"statusCode": 200 if "Item" in found else 404, "body": json.dumps(found.get("Item"))}
"""


def deploy(aws: Aws) -> tuple[str, str]:
    """Create it; return its bucket and where its API answers for a key."""
    s3 = aws.s3
    s3.create_bucket(Bucket=_CODE_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket=_CODE_BUCKET, Key=_CODE_KEY, Body=_package())
    aws.cloudformation.create_stack(
        StackName=STACK, TemplateBody=json.dumps(_TEMPLATE), Capabilities=["CAPABILITY_IAM"]
    )
    aws.cloudformation.get_waiter("stack_create_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1})
    (found,) = aws.cloudformation.describe_stacks(StackName=STACK)["Stacks"]
    outputs = {one["OutputKey"]: one["OutputValue"] for one in found["Outputs"]}
    return outputs["Bucket"], aws.api(outputs["Api"])


def _package() -> bytes:
    """Zip the code with what starts it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("code.py", _CODE)
        bootstrap = zipfile.ZipInfo("bootstrap")
        bootstrap.external_attr = 0o755 << 16
        package.writestr(bootstrap, _BOOTSTRAP)
    return written.getvalue()


def _function(handler: str) -> dict[str, Any]:
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Runtime": "provided.al2023",
            "Handler": f"code.{handler}",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Code": {"S3Bucket": _CODE_BUCKET, "S3Key": _CODE_KEY},
            "MemorySize": 512,
            "Timeout": 30,
            "Environment": {"Variables": {"TABLE": {"Ref": "Table"}}},
        },
    }


_TEMPLATE = {
    "Resources": {
        "Role": {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Principal": {"Service": "lambda.amazonaws.com"},
                            "Action": "sts:AssumeRole",
                        }
                    ],
                },
                "Policies": [
                    {
                        "PolicyName": "all",
                        "PolicyDocument": {
                            "Version": "2012-10-17",
                            "Statement": [{"Effect": "Allow", "Action": ["dynamodb:*", "sqs:*"], "Resource": "*"}],
                        },
                    }
                ],
            },
        },
        "Table": {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            },
        },
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 180}},
        "Bucket": {
            "Type": "AWS::S3::Bucket",
            "Properties": {
                "NotificationConfiguration": {
                    "QueueConfigurations": [{"Event": "s3:ObjectCreated:*", "Queue": {"Fn::GetAtt": ["Queue", "Arn"]}}]
                }
            },
        },
        "Write": _function("write"),
        "Read": _function("read"),
        "Mapping": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {
                "EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]},
                "FunctionName": {"Fn::GetAtt": ["Write", "Arn"]},
                "BatchSize": 10,
            },
        },
        "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": STACK, "ProtocolType": "HTTP"}},
        "Stage": {
            "Type": "AWS::ApiGatewayV2::Stage",
            "Properties": {"ApiId": {"Ref": "Api"}, "StageName": "$default", "AutoDeploy": True},
        },
        "Integration": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": {"Fn::GetAtt": ["Read", "Arn"]},
                "PayloadFormatVersion": "2.0",
            },
        },
        "Route": {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "RouteKey": "GET /{key}",
                "Target": {"Fn::Sub": "integrations/${Integration}"},
            },
        },
        "Permission": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": {"Ref": "Read"},
                "Principal": "apigateway.amazonaws.com",
            },
        },
    },
    "Outputs": {
        "Bucket": {"Value": {"Ref": "Bucket"}},
        "Api": {"Value": {"Fn::Sub": "https://${Api}.execute-api.${AWS::Region}.amazonaws.com"}},
    },
}
