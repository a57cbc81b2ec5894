using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

/// <summary>A probe that the core had sent in a test, and what is known of it so far.</summary>
internal sealed class SentProbe(ProbeRequest request, int life, TimeSpan sentAt, TimeSpan trueTime, Fate fate)
{
    public ProbeRequest Request { get; } = request;

    public string Host { get; } = request.Address.ToString();

    /// <summary>How often the host had been in a list before.</summary>
    public int Life { get; } = life;

    public TimeSpan SentAt { get; } = sentAt;

    public Fate Fate { get; } = fate;

    /// <summary>When its outcome arrives, in true time.</summary>
    public TimeSpan ArrivesAt { get; } = fate.After is { } after ? trueTime + TimeSpan.FromMilliseconds(after) : TimeSpan.MaxValue;

    /// <summary>Whether its outcome came before its deadline had passed.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>Whether its deadline passed while nobody could look.</summary>
    public bool IsMissed { get; set; }
}
