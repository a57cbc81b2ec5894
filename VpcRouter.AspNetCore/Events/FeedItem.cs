namespace VpcRouter.AspNetCore.Events;

/// <summary>One event as it is sent. Immutable.</summary>
/// <param name="Sequence">Its number; each is one more than the one before.</param>
/// <param name="Type">Its type, as in the field <c>event</c>.</param>
/// <param name="Data">Its JSON, on one line.</param>
internal sealed record FeedItem(long Sequence, string Type, ReadOnlyMemory<byte> Data);
