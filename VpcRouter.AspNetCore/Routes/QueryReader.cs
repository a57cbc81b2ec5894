using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>Reads a query string; gathers every error, each naming the parameter, its value and the remedy. For one request.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private const int LongestText = 100;
    private readonly List<string> _errors = [];

    /// <summary>What is wrong, one sentence each; empty when all is well.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Reads which routes are wanted.</summary>
    public RouteQuery Routes() => new()
    {
        Overlapping = Read("cidr", Destination),
        Table = Read("table", text => text.StartsWith("rtb-", StringComparison.Ordinal) ? text : throw new FormatException("is not the id of a route table; give for example rtb-0a1b2c3d")),
        Condition = Choice<RouteCondition>("state"),
        Router = Address("router"),
        Text = Read("q", text => text.Length <= LongestText ? text : throw new FormatException($"is longer than {LongestText} characters; give part of a destination or of an address")),
        Offset = Number("offset", 0, int.MaxValue) ?? 0,
        Limit = Number("limit", 1, RouteQuery.LargestPage),
    };

    public int? Number(string name, int least, int most) => Read<int?>(name, text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"is no number from {least} to {most}; give one"));

    public T? Choice<T>(string name)
        where T : struct, Enum => Read<T?>(name, text => Array.Find(Enum.GetValues<T>(), value => NameOf(value) == text) is var found && NameOf(found) == text
            ? found
            : throw new FormatException($"is none of {string.Join(", ", Enum.GetValues<T>().Select(NameOf))}; give one of them"));

    /// <summary>The name of a choice as the JSON of the pages writes it.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private IPAddress? Address(string name) => Read(name, text =>
        HostAddress.TryParse(text, out var address) ? address : throw new FormatException("is not an address; give for example 10.33.20.93"));

    private T? Read<T>(string name, Func<string, T> parse)
    {
        var values = query[name];
        if (values.Count > 1)
            _errors.Add($"?{name}= is given {values.Count} times; give it once");
        if (values.Count != 1 || string.IsNullOrEmpty(values[0]))
            return default;
        try
        {
            return parse(values[0]!);
        }
        catch (FormatException e)
        {
            _errors.Add($"?{name}= \"{Shorten(values[0]!)}\" {e.Message}");
            return default;
        }
    }

    private static RouteDestination? Destination(string text) =>
        HostAddress.TryParse(text, out var address) ? RouteDestination.OfAddress(address)
        : RouteDestination.TryParse(text, null, out var destination) ? destination
        : throw new FormatException("is neither a CIDR nor an address nor a prefix list; give for example 10.55.16.0/24, 10.55.16.7 or pl-0123abcd");

    // Whoever sent it may look at it in a terminal.
    private static string Shorten(string text)
    {
        var clean = new StringBuilder();
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, LongestText)))
            clean.Append(char.IsControl(c) ? '?' : c);
        return clean.Append(text.Length > LongestText ? "…" : "").ToString();
    }
}
