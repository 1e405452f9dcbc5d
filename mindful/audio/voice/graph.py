"""An ONNX model as voices use it: one thread, silent, with an inner tensor to be seen. Called by the engines."""

from __future__ import annotations

from typing import Any

INT64, FLOAT = 7, 1
"""Kinds of tensor elements, as onnx.proto numbers them."""


def session(model: bytes | str) -> Any:
    """The model from its bytes or its file, ready to run. Raises whatever onnxruntime does."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # two are slower
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def with_output(model: bytes, tensor: str, element: int) -> bytes:
    """The same ONNX model with one of its inner tensors as a further output.

    A protobuf reader merges what is appended into the message before it: so a second ModelProto that holds only
    `graph {output {name, type {tensor_type {elem_type}}}}` (fields 7, 12, 1, 2, 1, 1 of onnx.proto) adds an output.
    """
    kind = _field(2, _field(1, bytes([8, element])))
    return model + _field(7, _field(12, _field(1, tensor.encode()) + kind))


def _field(number: int, payload: bytes) -> bytes:
    """One length-delimited protobuf field."""
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
