using System.IO.Enumeration;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>One filter of a call: any of its values, which may hold the wildcards * and ?, has to match.</summary>
internal sealed class Filter
{
    private readonly HashSet<string> _literals = new(StringComparer.Ordinal);
    private readonly List<string> _patterns = [];

    public Filter(string name, IEnumerable<string> values)
    {
        Name = name;
        foreach (var value in values)
        {
            if (value.AsSpan().ContainsAny('*', '?'))
                _patterns.Add(value);
            else
                _literals.Add(value.Replace("\\", "", StringComparison.Ordinal));
        }
    }

    public string Name { get; }

    public bool Matches(string? value) => value is not null
        && (_literals.Contains(value) || _patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, value, ignoreCase: false)));
}
