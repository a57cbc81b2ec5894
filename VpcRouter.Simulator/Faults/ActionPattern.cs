using System.IO.Enumeration;

namespace VpcRouter.Simulator.Faults;

/// <summary>A choice of EC2 actions by name, with the wildcards * and ?.</summary>
internal sealed class ActionPattern(IReadOnlyList<string> patterns)
{
    public static ActionPattern All { get; } = new(["*"]);

    public bool Matches(string action) => patterns.Any(p => Matches(p, action));

    public static bool Matches(string pattern, string action) => FileSystemName.MatchesSimpleExpression(pattern, action, ignoreCase: false);
}
