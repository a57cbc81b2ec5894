using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VpcRouter.Monitors.Http;

/// <summary>The HTTP status codes that count as good: one code, or a range with both ends included.</summary>
/// <param name="First">The least code.</param>
/// <param name="Last">The greatest code.</param>
internal readonly record struct StatusRange(int First, int Last) : IParsable<StatusRange>
{
    private const int Least = 200;
    private const int Greatest = 599;

    public static StatusRange Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var range) ? range : throw new FormatException($"is neither a status code nor a range of them; give for example 200 or 200-399, from {Least} to {Greatest}");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out StatusRange result)
    {
        result = default;
        var parts = s?.Split('-') ?? [];
        if (parts.Length is 0 or > 2 || !TryParseCode(parts[0], out var first) || !TryParseCode(parts[^1], out var last) || first > last)
            return false;
        result = new StatusRange(first, last);
        return true;
    }

    public bool Contains(int status) => status >= First && status <= Last;

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    private static bool TryParseCode(string text, out int code) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= Least and <= Greatest;
}
