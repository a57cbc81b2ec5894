using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>What a page shows, ready to be written as often as is wanted. Immutable; outlives the request that it was made for.</summary>
/// <param name="Shown">The state that it shows; <see langword="null"/> when it shows something else.</param>
/// <param name="Weight">How much it shows: about so many routes, hosts and candidates together.</param>
/// <param name="WriteAsync">Writes one JSON value.</param>
internal sealed record PageContent(RouterStatus? Shown, int Weight, Func<JsonSink, ValueTask> WriteAsync)
{
    /// <summary>When the state that it shows was the state, as a timestamp; <see langword="null"/> for when it was made.</summary>
    public long? ReadAt { get; init; }

    /// <summary>The path of the next page; <see langword="null"/> when this is the last.</summary>
    public string? Next { get; init; }
}
