using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VpcRouter.Monitors.Multi;

/// <summary>How many monitors must call a host failed: any one, all of them, or a number.</summary>
/// <param name="Votes">The number; 0 for all.</param>
internal readonly record struct MultiMode(int Votes) : IParsable<MultiMode>
{
    private const string AnyWord = "any";
    private const string AllWord = "all";

    public static MultiMode Any { get; } = new(1);

    public static MultiMode All { get; } = new(0);

    public static MultiMode Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var mode) ? mode : throw new FormatException($"is neither {AnyWord} nor {AllWord} nor a number of votes; give {AnyWord}, {AllWord}, or a number from 1 to that of the monitors");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MultiMode result)
    {
        result = Any;
        if (string.Equals(s, AnyWord, StringComparison.OrdinalIgnoreCase))
            return true;
        if (string.Equals(s, AllWord, StringComparison.OrdinalIgnoreCase))
        {
            result = All;
            return true;
        }

        if (!int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var votes) || votes < 1)
            return false;
        result = new MultiMode(votes);
        return true;
    }

    /// <summary>How many of those who have a vote must call a host failed. All, and a number, are of those who have one.</summary>
    public int Needed(int voters) => Votes == 0 ? voters : Math.Min(Votes, voters);

    public override string ToString() => Votes switch
    {
        0 => AllWord,
        1 => AnyWord,
        _ => Votes.ToString(CultureInfo.InvariantCulture),
    };
}
