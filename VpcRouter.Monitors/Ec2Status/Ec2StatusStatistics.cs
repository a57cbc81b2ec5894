using System.Globalization;
using VpcRouter.Health;

namespace VpcRouter.Monitors.Ec2Status;

/// <summary>The figures of <c>ec2status</c> for the status page. Thread-safe.</summary>
internal sealed class Ec2StatusStatistics
{
    private const int Shown = 100;
    private readonly Lock _lock = new();
    private PollResult? _result;
    private DateTimeOffset _resultAt;
    private TimeSpan _took;
    private string? _lastError;
    private long _polls;
    private long _failures;

    public void Succeeded(PollResult result, DateTimeOffset at, TimeSpan took)
    {
        lock (_lock)
        {
            _polls++;
            (_result, _resultAt, _took, _lastError) = (result, at, took, result.StaleBecause?.Message);
        }
    }

    public void Failed(string error)
    {
        lock (_lock)
        {
            _polls++;
            _failures++;
            _lastError = error;
        }
    }

    public IReadOnlyDictionary<string, object?> Get()
    {
        lock (_lock)
        {
            var verdicts = _result?.Verdicts.Values.ToArray() ?? [];
            return new Dictionary<string, object?>
            {
                ["polls_sent"] = _polls,
                ["polls_failed"] = _failures,
                ["last_error"] = _lastError,
                ["last_answer"] = _result is null ? null : _resultAt.ToString("O", CultureInfo.InvariantCulture),
                ["last_answer_took"] = _result is null ? null : Math.Round(_took.TotalSeconds, 6),
                ["num_healthy"] = verdicts.Count(verdict => verdict.State == HealthState.Healthy && !verdict.IsUnknown),
                ["num_unknown"] = verdicts.Count(verdict => verdict.IsUnknown),
                ["num_questionable"] = verdicts.Count(verdict => verdict.State == HealthState.Questionable),
                ["num_failed"] = verdicts.Count(verdict => verdict.State == HealthState.Failed),
                ["reasons"] = _result?.Verdicts.Where(pair => pair.Value.Reason.Length > 0).Take(Shown).ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.Reason),
            };
        }
    }
}
