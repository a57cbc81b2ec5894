using System.Net;

namespace VpcRouter.Probing;

/// <summary>
/// A monitor's figures for the status page: measurements an interval each, in the shape of the original's, and figures of each host.
/// The loop updates them under <see cref="Gate"/>; <see cref="Get"/> may be called from anywhere.
/// </summary>
internal sealed class ProbeStatistics(string sentName, TimeSpan interval, TimeProvider time)
{
    /// <summary>How many hosts are shown; with more, those that lose most, then the slowest.</summary>
    internal const int ShownHosts = 1000;

    private const int KeptMeasurements = 10;
    private readonly LinkedList<IReadOnlyDictionary<string, object?>> _measurements = [];
    private readonly ProbeMeasurement _current = new(new Random());
    private HostFigures[] _hosts = [];
    private byte[] _histograms = [];
    private int _hostCount;
    private long _sent;
    private long _windowStart = time.GetTimestamp();

    /// <summary>To be held around every update.</summary>
    public Lock Gate { get; } = new();

    public void Add(int host, IPAddress address)
    {
        if (host >= _hosts.Length)
        {
            Array.Resize(ref _hosts, Math.Max(host + 1, _hosts.Length * 2));
            Array.Resize(ref _histograms, _hosts.Length * RoundTripHistogram.Size);
        }

        _hosts[host] = new HostFigures { Address = address };
        HistogramOf(host).Clear();
        _hostCount++;
    }

    public void Remove(int host)
    {
        _hosts[host] = default;
        _hostCount--;
    }

    public void Sent() => _sent++;

    /// <param name="host">The host.</param>
    /// <param name="roundTrip">How long it took, if known.</param>
    public void Answered(int host, TimeSpan? roundTrip)
    {
        ref var figures = ref _hosts[host];
        figures.Count(lost: false);
        if (roundTrip is not { } took)
        {
            _current.Answered();
            return;
        }

        var seconds = (float)took.TotalSeconds;
        figures.LastRoundTrip = seconds;
        RoundTripHistogram.Add(HistogramOf(host), seconds);
        _current.Answered(figures.Address!, seconds);
    }

    public void Unanswered(int host)
    {
        _hosts[host].Count(lost: true);
        _current.Unanswered();
    }

    /// <summary>Closes the measurement when its interval is over. To be called now and then.</summary>
    public void Roll()
    {
        if (time.GetElapsedTime(_windowStart) < interval)
            return;
        _windowStart = time.GetTimestamp();
        if (_current.IsEmpty)
            return;
        _measurements.AddFirst(_current.Take(time.GetUtcNow()));
        if (_measurements.Count > KeptMeasurements)
            _measurements.RemoveLast();
    }

    public IReadOnlyDictionary<string, object?> Get()
    {
        lock (Gate)
        {
            Roll();
            return new Dictionary<string, object?>
            {
                [sentName] = _sent,
                ["measurements"] = _measurements.ToArray(),
                ["hosts"] = Shown().OrderBy(host => host).ToDictionary(host => _hosts[host].Address!.ToString(), Show),
                ["hosts_not_shown"] = Math.Max(0, _hostCount - ShownHosts),
            };
        }
    }

    private IEnumerable<int> Shown()
    {
        var known = Enumerable.Range(0, _hosts.Length).Where(host => _hosts[host].Address is not null);
        if (_hostCount <= ShownHosts)
            return known;
        var worst = new PriorityQueue<int, (double Loss, float RoundTrip)>(ShownHosts + 1);
        foreach (var host in known)
        {
            var rank = (_hosts[host].Loss, _hosts[host].LastRoundTrip);
            if (worst.Count < ShownHosts)
                worst.Enqueue(host, rank);
            else
                worst.EnqueueDequeue(host, rank);
        }

        return worst.UnorderedItems.Select(item => item.Element);
    }

    private Dictionary<string, object?> Show(int host)
    {
        var histogram = HistogramOf(host);
        var median = RoundTripHistogram.Quantile(histogram, 0.5);
        return new()
        {
            ["last_rtt"] = median is null ? null : ProbeMeasurement.Round(_hosts[host].LastRoundTrip),
            ["median_rtt"] = median is null ? null : ProbeMeasurement.Round(median.Value),
            ["p99_rtt"] = RoundTripHistogram.Quantile(histogram, 0.99) is { } p99 ? ProbeMeasurement.Round(p99) : null,
            ["loss"] = Math.Round(_hosts[host].Loss, 4),
        };
    }

    private Span<byte> HistogramOf(int host) => _histograms.AsSpan(host * RoundTripHistogram.Size, RoundTripHistogram.Size);
}
