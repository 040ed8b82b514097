# list_test_cases.py
"""Prints the test cases of CPython's own test_asyncore.py and test_asynchat.py: file, class and test, one per line."""
import ast
import os
import test


for name in ("test_asyncore.py", "test_asynchat.py"):
    with open(os.path.join(os.path.dirname(test.__file__), name)) as source:
        tree = ast.parse(source.read())
    for cls in [node for node in tree.body if isinstance(node, ast.ClassDef)]:
        for member in cls.body:
            if isinstance(member, ast.FunctionDef) and member.name.startswith("test_"):
                print("%s %s %s" % (name, cls.name, member.name))
