using System.Net;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Health;

/// <summary>
/// Turns single probe results into verdicts with rise and fall: a host fails after a number of consecutive failed probes and is
/// back after a number of consecutive good ones. Pure: no clock, no I/O. Not thread-safe; its owner calls it from one place at a time.
/// </summary>
/// <remarks>
/// A host is <em>decided</em> by its first good probe (healthy) or its first full run of failed ones (failed). Until then it is in no
/// list, and a monitor that just started must not report: it might call a dead host healthy.
/// </remarks>
public sealed class HealthTracker
{
    private readonly int _fall;
    private readonly int _rise;
    private readonly Dictionary<IPAddress, Track> _tracks = [];
    private readonly HashSet<IPAddress> _failed = [];
    private int _decided;
    private int _waived;

    /// <summary>Makes a tracker without hosts.</summary>
    /// <param name="fall">How many consecutive failed probes make a host failed; at least 1.</param>
    /// <param name="rise">How many consecutive good probes bring a failed host back; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Either number is below 1.</exception>
    public HealthTracker(int fall, int rise)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fall, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rise, 1);
        _fall = fall;
        _rise = rise;
    }

    /// <summary>The failed hosts: a copy that stays as it is.</summary>
    public IReadOnlyList<IPAddress> Failed => [.. _failed];

    /// <summary>
    /// Whether a first report may be written: every host has been decided, save those that can't be probed at all
    /// (<see cref="RecordInconclusive"/>), as long as not all are such. True for an empty list.
    /// </summary>
    /// <remarks>One host that can't be probed must not silence the verdicts on the others; a tracker that learnt nothing has nothing to say.</remarks>
    public bool IsDecided => _decided + _waived == _tracks.Count && (_decided > 0 || _tracks.Count == 0);

    /// <summary>Whether the host has failed. False for a host that isn't in the list or isn't decided yet.</summary>
    /// <param name="host">The host.</param>
    public bool IsFailed(IPAddress host) => _failed.Contains(host);

    /// <summary>Whether this host has been decided. False for a host that isn't in the list.</summary>
    /// <param name="host">The host.</param>
    public bool IsHostDecided(IPAddress host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return _tracks.TryGetValue(host, out var track) && track.Decided;
    }

    /// <summary>Replaces the host list: what is known of hosts that stay is kept, removed hosts vanish, new ones are undecided.</summary>
    /// <param name="hosts">The full list.</param>
    /// <returns>Whether the list of failed hosts changed.</returns>
    public bool SetHosts(HostList hosts)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var failedBefore = _failed.Count;
        foreach (var gone in _tracks.Keys.Where(host => !hosts.Contains(host)).ToArray())
        {
            _tracks.Remove(gone, out var track);
            _decided -= track!.Decided ? 1 : 0;
            _waived -= track.Waived ? 1 : 0;
            _failed.Remove(gone);
        }

        foreach (var host in hosts)
            _tracks.TryAdd(host, new Track());
        return _failed.Count != failedBefore;
    }

    /// <summary>Records what a probe found. A host that isn't in the list is passed over: its probe was under way when it was removed.</summary>
    /// <param name="host">The host probed.</param>
    /// <param name="success">Whether it answered.</param>
    /// <returns>Whether the list of failed hosts changed.</returns>
    public bool Record(IPAddress host, bool success)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!_tracks.TryGetValue(host, out var track))
            return false;
        track.Inconclusive = 0;
        track.Run = success == track.LastSuccess ? Math.Min(track.Run + 1, Math.Max(_fall, _rise)) : 1;
        track.LastSuccess = success;
        if (success)
        {
            Decide(track);
            return track.Run >= _rise && _failed.Remove(host);
        }

        if (track.Run < _fall)
            return false;
        Decide(track);
        return _failed.Add(host);
    }

    /// <summary>
    /// Records a probe that says nothing about the host, because the prober itself was in trouble. It neither breaks nor lengthens a run.
    /// A host about which <c>fall</c> consecutive probes said nothing no longer holds the first report back.
    /// </summary>
    /// <param name="host">The host probed.</param>
    public void RecordInconclusive(IPAddress host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (!_tracks.TryGetValue(host, out var track) || track.Decided || track.Waived || ++track.Inconclusive < _fall)
            return;
        track.Waived = true;
        _waived++;
    }

    private void Decide(Track track)
    {
        if (track.Waived)
        {
            track.Waived = false;
            _waived--;
        }

        if (track.Decided)
            return;
        track.Decided = true;
        _decided++;
    }

    private sealed class Track
    {
        public bool? LastSuccess { get; set; }

        public int Run { get; set; }

        public int Inconclusive { get; set; }

        public bool Decided { get; set; }

        public bool Waived { get; set; }
    }
}
