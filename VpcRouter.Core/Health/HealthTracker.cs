namespace VpcRouter.Health;

/// <summary>
/// Turns single probe results into verdicts with rise and fall: a host fails after a number of consecutive failed probes and is
/// back after a number of consecutive good ones. Hosts are small numbers that the owner hands out, so that a hundred thousand of them
/// cost one array. Pure: no clock, no I/O. Not thread-safe.
/// </summary>
/// <remarks>
/// A host is <em>decided</em> by its first good probe (healthy) or its first full run of failed ones (failed). Until then it is in no
/// list, and a monitor that just started must not report: it might call a dead host healthy.
/// </remarks>
internal sealed class HealthTracker
{
    private readonly int _fall;
    private readonly int _rise;
    private readonly HashSet<int> _failed = [];
    private Track[] _tracks = [];
    private int _count;
    private int _decided;
    private int _waived;

    /// <param name="fall">How many consecutive failed probes make a host failed; 1 to 255.</param>
    /// <param name="rise">How many consecutive good probes bring a failed host back; 1 to 255.</param>
    public HealthTracker(int fall, int rise)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fall, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fall, byte.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(rise, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rise, byte.MaxValue);
        _fall = fall;
        _rise = rise;
    }

    /// <summary>The failed hosts. Changes with the tracker.</summary>
    public IReadOnlyCollection<int> Failed => _failed;

    /// <summary>
    /// Whether a first report may be written: every host has been decided, save those that can't be probed at all
    /// (<see cref="RecordInconclusive"/>), as long as not all are such. True without hosts.
    /// </summary>
    /// <remarks>One host that can't be probed must not silence the verdicts on the others; a tracker that learnt nothing has nothing to say.</remarks>
    public bool IsDecided => _decided + _waived == _count && (_decided > 0 || _count == 0);

    public bool IsFailed(int host) => _tracks[host].State == TrackState.Failed;

    public bool IsHostDecided(int host) => _tracks[host].State is TrackState.Failed or TrackState.Healthy;

    /// <summary>How many probes in a row have failed, up to now.</summary>
    public int FailureRun(int host) => _tracks[host].LastSuccess ? 0 : _tracks[host].Run;

    /// <summary>Begins with a host of which nothing is known.</summary>
    public void Add(int host)
    {
        if (host >= _tracks.Length)
            Array.Resize(ref _tracks, Math.Max(host + 1, _tracks.Length * 2));
        _tracks[host] = new Track { State = TrackState.Unknown };
        _count++;
    }

    /// <returns>Whether the list of failed hosts changed.</returns>
    public bool Remove(int host)
    {
        ref var track = ref _tracks[host];
        _decided -= track.State is TrackState.Failed or TrackState.Healthy ? 1 : 0;
        _waived -= track.State == TrackState.Waived ? 1 : 0;
        _count--;
        track = default;
        return _failed.Remove(host);
    }

    /// <summary>Records what a probe found.</summary>
    /// <returns>Whether the list of failed hosts changed.</returns>
    public bool Record(int host, bool success)
    {
        ref var track = ref _tracks[host];
        track.Inconclusive = 0;
        track.Run = success == track.LastSuccess ? (byte)Math.Min(track.Run + 1, byte.MaxValue) : (byte)1;
        track.LastSuccess = success;
        if (success)
        {
            if (track.State == TrackState.Failed && track.Run < _rise)
                return false;
            Decide(ref track, TrackState.Healthy);
            return _failed.Count > 0 && _failed.Remove(host);
        }

        if (track.Run < _fall)
            return false;
        Decide(ref track, TrackState.Failed);
        return _failed.Add(host);
    }

    /// <summary>
    /// Records a probe that says nothing about the host, because the prober itself was in trouble. It neither breaks nor lengthens a run.
    /// A host about which <c>fall</c> consecutive probes said nothing no longer holds the first report back.
    /// </summary>
    public void RecordInconclusive(int host)
    {
        ref var track = ref _tracks[host];
        if (track.State != TrackState.Unknown || ++track.Inconclusive < _fall)
            return;
        track.State = TrackState.Waived;
        _waived++;
    }

    private void Decide(ref Track track, TrackState verdict)
    {
        if (track.State == TrackState.Waived)
            _waived--;
        if (track.State is TrackState.Unknown or TrackState.Waived)
            _decided++;
        track.State = verdict;
    }

    private enum TrackState : byte
    {
        Absent,
        Unknown,
        Waived,
        Healthy,
        Failed,
    }

    private struct Track
    {
        public TrackState State;
        public bool LastSuccess;
        public byte Run;
        public byte Inconclusive;
    }
}
