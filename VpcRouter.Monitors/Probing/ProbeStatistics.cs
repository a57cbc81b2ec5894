using System.Globalization;
using System.Net;

namespace VpcRouter.Monitors.Probing;

/// <summary>A monitor's figures for the status page, one measurement an interval, in the shape of the original's. Thread-safe.</summary>
internal sealed class ProbeStatistics(string sentName, TimeSpan interval, TimeProvider time)
{
    private const int Kept = 10;
    private readonly Lock _lock = new();
    private readonly LinkedList<IReadOnlyDictionary<string, object?>> _measurements = [];
    private readonly List<(IPAddress Host, double Seconds)> _responses = [];
    private long _sent;
    private int _noResponses;
    private long _windowStart = time.GetTimestamp();

    public void Sent()
    {
        lock (_lock)
        {
            Roll();
            _sent++;
        }
    }

    public void Answered(IPAddress host, TimeSpan roundTrip)
    {
        lock (_lock)
        {
            Roll();
            _responses.Add((host, roundTrip.TotalSeconds));
        }
    }

    public void Unanswered()
    {
        lock (_lock)
        {
            Roll();
            _noResponses++;
        }
    }

    public IReadOnlyDictionary<string, object?> Get()
    {
        lock (_lock)
        {
            Roll();
            return new Dictionary<string, object?> { [sentName] = _sent, ["measurements"] = _measurements.ToArray() };
        }
    }

    private void Roll()
    {
        if (time.GetElapsedTime(_windowStart) < interval)
            return;
        _windowStart = time.GetTimestamp();
        if (_responses.Count == 0 && _noResponses == 0)
            return;
        _measurements.AddFirst(Measure());
        if (_measurements.Count > Kept)
            _measurements.RemoveLast();
        _responses.Clear();
        _noResponses = 0;
    }

    private Dictionary<string, object?> Measure()
    {
        _responses.Sort((a, b) => a.Seconds.CompareTo(b.Seconds));
        var any = _responses.Count > 0;
        return new Dictionary<string, object?>
        {
            ["time"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["num_responses"] = _responses.Count,
            ["num_no_responses"] = _noResponses,
            ["slowest"] = any ? Show(_responses[^1]) : null,
            ["fastest"] = any ? Show(_responses[0]) : null,
            ["average_rtt"] = any ? Round(_responses.Average(response => response.Seconds)) : null,
            ["median_rtt"] = any ? Round((_responses[(_responses.Count - 1) / 2].Seconds + _responses[_responses.Count / 2].Seconds) / 2) : null,
        };
    }

    private static Dictionary<string, object?> Show((IPAddress Host, double Seconds) response) =>
        new() { ["ip"] = response.Host.ToString(), ["rtt"] = Round(response.Seconds) };

    private static double Round(double seconds) => Math.Round(seconds, 6);
}
