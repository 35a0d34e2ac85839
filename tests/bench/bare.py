"""The yardstick: a Flask program that only gives back the JSON it was sent."""

from flask import Flask, Response, jsonify, request

app = Flask(__name__)


@app.route("/<path:_anything>", methods=["GET", "POST"])
def echo(_anything: str) -> Response:
    if request.method == "GET":
        return jsonify(ok=True)
    return jsonify(request.get_json(silent=True))
