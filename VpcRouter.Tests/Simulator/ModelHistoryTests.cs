using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class ModelHistoryTests
{
    private ModelHistory _history = null!;

    [SetUp]
    public void CreateHistory() => _history = new ModelHistory();

    [TestCase(-1, 0)]
    [TestCase(0, 0)]
    [TestCase(9.9, 0)]
    [TestCase(10, 1)]
    [TestCase(99, 2)]
    public void At_Moment_GivesTheVersionInForce(double seconds, int version)
    {
        for (var i = 0; i < 3; i++)
            Add(i * 10, i);
        VersionAt(seconds).Should().Be(version);
    }

    [Test]
    public void Add_PastTheAge_KeepsTheVersionInForceAtTheHorizon()
    {
        Add(0, 0);
        Add(10, 1);
        Add(ModelHistory.MaxAge.TotalSeconds + 5, 2);
        VersionAt(5).Should().Be(0);
        Add(ModelHistory.MaxAge.TotalSeconds + 11, 3);
        VersionAt(5).Should().Be(1);
    }

    [Test]
    public void Add_MoreThanTheBound_ForgetsTheOldest()
    {
        for (var i = 0; i <= ModelHistory.MaxVersions; i++)
            Add(0.001 * i, i);
        VersionAt(0).Should().Be(1);
    }

    private void Add(double seconds, int version) =>
        _history.Add(DateTimeOffset.UnixEpoch.AddSeconds(seconds), TestTopology.Small.Model with { RouteQuota = version });

    private int VersionAt(double seconds) => _history.At(DateTimeOffset.UnixEpoch.AddSeconds(seconds)).RouteQuota;
}
