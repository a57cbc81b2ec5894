using System.Globalization;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>The parameters of one EC2 call.</summary>
internal sealed class QueryRequest(IReadOnlyDictionary<string, string> parameters)
{
    public string Action => Find("Action") ?? "";

    public bool IsDryRun => Flag("DryRun");

    /// <summary>Whether it asks for everything at once: no filter, no page and no ids.</summary>
    public bool IsUnfiltered => !parameters.Keys.Any(k => k is "MaxResults" or "NextToken" || k.EndsWith(".1", StringComparison.Ordinal));

    /// <summary>The parameter's value, or null when it is absent or empty.</summary>
    public string? Find(string name) => parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string Require(string name) => Find(name) ?? throw Ec2Errors.Missing(CamelCase(name));

    public bool Flag(string name) => Find(name) switch
    {
        null or "false" or "False" => false,
        "true" or "True" => true,
        var other => throw Ec2Errors.InvalidValue(CamelCase(name), other, "It must be true or false."),
    };

    public int? Number(string name)
    {
        if (Find(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Ec2Errors.InvalidValue(CamelCase(name), text, "It must be a number.");
    }

    /// <summary>The values of <c>name.1</c>, <c>name.2</c> … up to the first gap.</summary>
    public IReadOnlyList<string> List(string name)
    {
        var values = new List<string>();
        while (parameters.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{name}.{values.Count + 1}"), out var value))
            values.Add(value);
        return values;
    }

    /// <summary>Ends a dry run, which every other check must have passed by now.</summary>
    public void EndDryRun()
    {
        if (IsDryRun)
            throw Ec2Errors.DryRun();
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
