namespace VpcRouter.AspNetCore.Events;

/// <summary>One entry of the last hour. Immutable.</summary>
/// <param name="At">When it happened, or when it happened last.</param>
/// <param name="Type">Its type, as that of the event that it was made of.</param>
/// <param name="Key">What it is about: a newer entry about the same takes its place; <see langword="null"/> when every one counts.</param>
/// <param name="Data">Its JSON, on one line.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string Type, string? Key, ReadOnlyMemory<byte> Data);
