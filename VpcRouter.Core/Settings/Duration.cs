using System.Globalization;

namespace VpcRouter.Settings;

/// <summary>Reads durations as operators write them: seconds as a plain number, or a number with one of the units ms, s, m, h.</summary>
public static class Duration
{
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">For example <c>2</c>, <c>0.5</c>, <c>500ms</c>, <c>60s</c>, <c>5m</c> or <c>1h</c>.</param>
    /// <param name="duration">The duration read; zero when the answer is false.</param>
    /// <returns>Whether the text is a duration that is not negative and at most 365 days.</returns>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is null)
            return false;
        var (suffix, factor) = Units.FirstOrDefault(unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal), ("", 1));
        var number = text.AsSpan(0, text.Length - suffix.Length);
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        var seconds = value * factor;
        if (!double.IsFinite(seconds) || seconds > TimeSpan.FromDays(365).TotalSeconds)
            return false;

        // Rounded, because the framework's own conversion cuts off: 1001ms would come out a tick short.
        duration = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }
}
