using System.Net;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Routes;

/// <summary>Which routes a client wants to see, and which page of them. Immutable.</summary>
internal sealed record RouteQuery
{
    /// <summary>The most routes on one page.</summary>
    public const int LargestPage = 5000;

    /// <summary>Only destinations that share an address with this one; a prefix list shares addresses only with itself.</summary>
    public RouteDestination? Overlapping { get; init; }

    /// <summary>Only routes of this table.</summary>
    public string? Table { get; init; }

    /// <summary>Only routes in this condition.</summary>
    public RouteCondition? Condition { get; init; }

    /// <summary>Only routes that lead to this host.</summary>
    public IPAddress? Router { get; init; }

    /// <summary>Only destinations in whose text, or in the text of whose hosts, this occurs.</summary>
    public string? Text { get; init; }

    /// <summary>How many routes to pass over.</summary>
    public int Offset { get; init; }

    /// <summary>How many routes to show; <see langword="null"/> for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether a destination is wanted, by its own merits.</summary>
    public bool Wants(RouteDestination destination) => Overlapping is not { } wanted || wanted.Contains(destination) || destination.Contains(wanted);

    /// <summary>Whether the text that is looked for occurs in a destination or its hosts.</summary>
    public bool Finds(RouteEntry entry)
    {
        if (Text is null)
            return true;
        if (Finds(entry.Destination))
            return true;
        Span<char> buffer = stackalloc char[64];
        foreach (var host in entry.Hosts)
        {
            if (host.TryFormat(buffer, out var length) && ((ReadOnlySpan<char>)buffer[..length]).Contains(Text, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Whether the text that is looked for occurs in a destination.</summary>
    public bool Finds(RouteDestination destination)
    {
        if (Text is null)
            return true;
        if (destination.PrefixListId is { } id)
            return id.Contains(Text, StringComparison.OrdinalIgnoreCase);
        Span<char> buffer = stackalloc char[64];
        return destination.Network!.Value.TryFormat(buffer, out var length) && ((ReadOnlySpan<char>)buffer[..length]).Contains(Text, StringComparison.OrdinalIgnoreCase);
    }
}
