namespace VpcRouter.Cli.Settings;

/// <summary>Wrong usage or configuration: exit code 2, a line for each fault.</summary>
internal sealed class UsageException(params IReadOnlyList<string> lines) : Exception(string.Join("; ", lines))
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
