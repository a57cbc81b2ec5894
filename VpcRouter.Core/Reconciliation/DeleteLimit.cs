using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using VpcRouter.Settings;

namespace VpcRouter.Reconciliation;

/// <summary>
/// How many routes one plan may delete: a count (<c>20</c>), or a share of the managed routes (<c>50%</c>), which always allows 10.
/// <c>0</c> and <c>0%</c> allow none, <c>100%</c> any number. Immutable.
/// </summary>
public sealed record DeleteLimit : IParsable<DeleteLimit>
{
    private const int AlwaysAllowed = 10;
    private readonly int? _count;
    private readonly Percentage _share;

    private DeleteLimit(int? count, Percentage share) => (_count, _share) = (count, share);

    /// <summary>Half of the managed routes.</summary>
    public static DeleteLimit Default { get; } = new(null, new Percentage(50));

    /// <summary>Reads a limit.</summary>
    /// <exception cref="FormatException">It is neither a count nor a percentage.</exception>
    public static DeleteLimit Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("is neither a number of routes nor a percentage; give for example 50% or 200");

    /// <summary>Reads a limit.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out DeleteLimit result)
    {
        result = int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? new DeleteLimit(count, default)
            : Percentage.TryParse(s, provider, out var share) ? new DeleteLimit(null, share)
            : null;
        return result is not null;
    }

    /// <summary>How many of so many managed routes one plan may delete.</summary>
    internal int Allowed(int managedRoutes) =>
        _count ?? (_share.Percent == 0 ? 0 : Math.Max(AlwaysAllowed, (int)(managedRoutes * _share.Share)));

    /// <summary>The limit as it is written.</summary>
    public override string ToString() => _count?.ToString(CultureInfo.InvariantCulture) ?? _share.ToString();
}
