# list_public_names.py
"""Prints the public names of asyncore and asynchat: functions, classes, and what the classes define."""
import asynchat
import asyncore
import inspect


def names(module):
    for name, value in vars(module).items():
        own = getattr(value, "__module__", None) == module.__name__
        if own and (inspect.isclass(value) or inspect.isfunction(value)):
            yield name
            if inspect.isclass(value):
                for member in vars(value):
                    yield name + "." + member


for module in (asyncore, asynchat):
    for name in names(module):
        if not any(part.startswith("_") for part in name.split(".")):
            print(name)
print("socket_map")
