"""`python -m mindful` is the same program as `mindful`."""

from mindful.cli.main import main

if __name__ == "__main__":
    main()
