namespace VpcRouter.Cli;

/// <summary>A command that can't do what it was asked for: exit code 1, one line.</summary>
internal sealed class CommandFailedException(string line) : Exception(line);
