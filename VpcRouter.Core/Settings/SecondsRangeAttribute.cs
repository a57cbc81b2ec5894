using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace VpcRouter.Settings;

/// <summary>Limits a <see cref="TimeSpan"/> setting to a range of seconds, both ends included.</summary>
/// <param name="minimum">The least number of seconds.</param>
/// <param name="maximum">The greatest number of seconds.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsRangeAttribute(double minimum, double maximum) : ValidationAttribute
{
    /// <summary>The least number of seconds.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>The greatest number of seconds.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>Whether zero is allowed beside the range, meaning "never".</summary>
    public bool OrZero { get; init; }

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is null || (value is TimeSpan span && ((OrZero && span == TimeSpan.Zero) || (span.TotalSeconds >= Minimum && span.TotalSeconds <= Maximum)));

    /// <inheritdoc/>
    public override string FormatErrorMessage(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"is out of range; give {(OrZero ? "0 (never) or " : "")}{Minimum} to {Maximum} seconds");
}
