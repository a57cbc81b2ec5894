namespace VpcRouter.Romana.Etcd;

/// <summary>How long to leave etcd alone when none of its members could be used.</summary>
internal static class Retreat
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>The wait after a round of failures: 0.1 s, doubled each time, up to 2 s; of that between a half and the whole.</summary>
    /// <param name="round">How many rounds over all members have failed in a row; at least 1.</param>
    /// <param name="luck">From 0 to 1, so that many routers don't come back at one moment.</param>
    public static TimeSpan After(int round, double luck)
    {
        var wait = First * Math.Pow(2, Math.Clamp(round - 1, 0, 10));
        return (wait < Longest ? wait : Longest) * (0.5 + luck / 2);
    }
}
