using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore.Responses;

/// <summary>The place of one answer among those that are shared. Its owner's lock guards it; what tells of the making is set before <see cref="Made"/> completes.</summary>
/// <param name="key">Who asks for it.</param>
internal sealed class SharedAnswer(AnswerKey key)
{
    public AnswerKey Key { get; } = key;

    /// <summary>Completes when the answer is made, or is not to be.</summary>
    public TaskCompletionSource<MadeAnswer> Made { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The state that it shows.</summary>
    public RouterStatus? Shown { get; set; }

    /// <summary>When that was the state.</summary>
    public long ReadAt { get; set; }

    public long MadeAt { get; set; }

    /// <summary>How long it took to make.</summary>
    public TimeSpan Cost { get; set; }

    /// <summary>How many requests are being answered with it, and one more while it is kept for others.</summary>
    public int Users { get; set; }

    /// <summary>The answer, while it counts among the bytes that are shared.</summary>
    public Answer? Counted { get; set; }
}
