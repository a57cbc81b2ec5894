namespace VpcRouter.Benchmarks;

/// <summary>Measured values and their percentiles. Not thread-safe.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public void Add(double value) => _values.Add(value);

    /// <summary>The smallest value that so many percent of all values don't exceed.</summary>
    public double Percentile(double percent)
    {
        var sorted = _values.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Count) - 1)];
    }

    /// <summary>Prints the percentiles of values in milliseconds, for reading along.</summary>
    public void Tell(string name) =>
        Console.WriteLine($"{name,-5} p50 {Percentile(50):F2} p90 {Percentile(90):F2} p95 {Percentile(95):F2} p99 {Percentile(99):F2} max {Percentile(100):F2} ms");
}
