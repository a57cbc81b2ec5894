using System.Globalization;
using System.Net;

namespace VpcRouter.Probing;

/// <summary>What was measured within one interval, in bounded memory: the median is that of at most a thousand answers, picked evenly. Not thread-safe.</summary>
internal sealed class ProbeMeasurement(Random random)
{
    private const int Samples = 1024;
    private readonly float[] _samples = new float[Samples];
    private int _responses;
    private int _timed;
    private int _noResponses;
    private double _sum;
    private (IPAddress? Host, float Seconds) _slowest;
    private (IPAddress? Host, float Seconds) _fastest;

    public bool IsEmpty => _responses == 0 && _noResponses == 0;

    public void Answered(IPAddress host, float seconds)
    {
        // Reservoir sampling: every answer has the same chance to be among the samples.
        var place = _timed < Samples ? _timed : random.Next(_timed + 1);
        if (place < Samples)
            _samples[place] = seconds;
        _responses++;
        _timed++;
        _sum += seconds;
        if (_slowest.Host is null || seconds > _slowest.Seconds)
            _slowest = (host, seconds);
        if (_fastest.Host is null || seconds < _fastest.Seconds)
            _fastest = (host, seconds);
    }

    /// <summary>An answer that took nobody knows how long.</summary>
    public void Answered() => _responses++;

    public void Unanswered() => _noResponses++;

    /// <summary>Shows the measurement in the original's shape, and begins the next.</summary>
    public IReadOnlyDictionary<string, object?> Take(DateTimeOffset time)
    {
        var shown = new Dictionary<string, object?>
        {
            ["time"] = time.ToString("O", CultureInfo.InvariantCulture),
            ["num_responses"] = _responses,
            ["num_no_responses"] = _noResponses,
            ["slowest"] = Show(_slowest),
            ["fastest"] = Show(_fastest),
            ["average_rtt"] = _timed > 0 ? Round(_sum / _timed) : null,
            ["median_rtt"] = _timed > 0 ? Round(Median()) : null,
        };
        (_responses, _timed, _noResponses, _sum, _slowest, _fastest) = (0, 0, 0, 0, default, default);
        return shown;
    }

    internal static double Round(double seconds) => Math.Round(seconds, 6);

    private static Dictionary<string, object?>? Show((IPAddress? Host, float Seconds) response) =>
        response.Host is null ? null : new() { ["ip"] = response.Host.ToString(), ["rtt"] = Round(response.Seconds) };

    private double Median()
    {
        var samples = _samples.AsSpan(0, Math.Min(_timed, Samples));
        samples.Sort();
        return (samples[(samples.Length - 1) / 2] + samples[samples.Length / 2]) / 2;
    }
}
