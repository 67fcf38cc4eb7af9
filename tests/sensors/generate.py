#!/usr/bin/env python3
"""Writes measurements.json: bytes of sensors, and what implementations that are not ours read from them.

    python3.12 -m venv venv && venv/bin/pip install bluetooth-sig==0.6.0 pyftms==0.4.15 bumble==0.0.236
    venv/bin/python tests/sensors/generate.py > tests/sensors/measurements.json
"""

import json
import logging

from bluetooth_sig import BluetoothSIGTranslator
from bumble.profiles.heart_rate_service import HeartRateService
from pyftms.models.machine_status import MachineStatusModel
from pyftms.models.realtime_data.treadmill import TreadmillData
from pyftms.serializer import get_serializer

logging.disable(logging.CRITICAL)

CASES = {
    # Flags, heart rate, and what the flags promise.
    "2A37": [
        "1066 4402 6602",
        "1664 4002 4302",
        "0400",
        "0678",
        "0062",
        "009e",
        "01fa00",
        "012c01",
        "1f0501070000040004",
        "1848 1027 0004 ff03",
        "08 50 ffff",
        "0e b4 0100",
        "1091 1502 1402 1302 1202 1102",
        "0000",
    ],
    "2A53": [
        "00800380",
        "00800355",
        "0400 03b4",
        "0180025a 6400",
        "0200032c 10270000",
        "0700035a 6900 10270000",
        "000000 00",
        "07ffff ff ffff ffffffff",
    ],
    "2ACD": [
        "0000e803",
        "00004006",
        "0200e803 e703",
        "0400e803 d20400",
        "0400e803 ffff00",
        "0800e803 0f00 0500",
        "0800e803 e2ff f6ff",
        "0800e803 0f00 ff7f",
        "1000e803 6400 3200",
        "0001e803 96",
        "0002e803 5b",
        "0004e803 5802",
        "0008e803 2c01",
        "0010e803 3200 c800",
        "8000e803 6400 5802 0a",
        "8c05e803 d20400 0f00ff7f 6400ffffff 96 5802",
        "9e1fe803 e703 d20400 0f000500 64003200 640058020a 96 5b 5802 2c01 3200c800",
        "0100",
        "0500d20400",
        # Paces of two bytes and of one.
        "2000e803 b400",
        "6000e803 b400 b900",
        "6001e803 b400 b900 96",
        "2000e803 0a",
        "6000e803 0a0b",
    ],
    "2ACC": ["0c140000 03000000", "00000000 00000000", "0d140000 01000000", "ffffffff ffffffff"],
    "2AD4": ["5000 4006 0a00", "6400 d007 0a00", "0000 ffff 0100"],
    "2AD5": ["0000 9600 0500", "e2ff 9600 0500", "0000 7800 0a00"],
    "2ADA": ["01", "0201", "0202", "03", "04", "05e803", "060f00", "06e2ff", "ff", "0d6400"],
}


def plain(value):
    """Turns dataclasses and msgspec structs into what JSON can hold."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if hasattr(value, "name") and hasattr(value, "value") and not hasattr(value, "__struct_fields__"):
        return value.name
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    fields = getattr(value, "__struct_fields__", None) or getattr(value, "__dataclass_fields__", None)
    if fields:
        # pyftms raises for a field that a status does not have.
        read = {key: plain(getattr(value, key, None)) for key in fields if not key.startswith("_")}
        return {key: value for key, value in read.items() if key != "mask" and value is not None}
    return str(value)


def read(reader, data):
    try:
        return plain(reader(data))
    except Exception as error:
        return {"refused": type(error).__name__}


def main():
    translator = BluetoothSIGTranslator()
    rows = []
    for uuid, cases in CASES.items():
        for case in cases:
            data = bytes.fromhex(case)
            row = {"uuid": uuid, "bytes": data.hex()}
            row["bluetooth-sig"] = read(lambda d: translator.parse_characteristic(uuid, d), data)
            if uuid == "2A37":
                row["bumble"] = read(HeartRateService.HeartRateMeasurement.from_bytes, data)
            if uuid == "2ACD":
                row["pyftms"] = read(get_serializer(TreadmillData).deserialize, data)
            if uuid == "2ADA":
                row["pyftms"] = read(get_serializer(MachineStatusModel).deserialize, data)
            rows.append(row)
    print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")


if __name__ == "__main__":
    main()
