using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VpcRouter.Settings;

/// <summary>A share of a whole, written as <c>50%</c> or <c>12.5%</c>. Immutable.</summary>
/// <param name="Percent">0 to 100.</param>
public readonly record struct Percentage(double Percent) : IParsable<Percentage>
{
    /// <summary>The share as a number from 0 to 1.</summary>
    public double Share => Percent / 100;

    /// <summary>Reads a percentage.</summary>
    /// <exception cref="FormatException">It is not a number from 0 to 100 with a percent sign.</exception>
    public static Percentage Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("is not a percentage; give 0% to 100%");

    /// <summary>Reads a percentage.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Percentage result)
    {
        result = default;
        if (s is null || !s.EndsWith('%') || !double.TryParse(s.AsSpan(0, s.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) || percent > 100)
            return false;
        result = new Percentage(percent);
        return true;
    }

    /// <summary>The percentage as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent}%");
}
