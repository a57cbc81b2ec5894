using VpcRouter.Simulator.Faults;

namespace VpcRouter.Tests.Simulator;

public sealed class FaultTallyTests
{
    private static readonly FaultTrigger Always = new("$.errors[0]", ActionPattern.All, 1, 0, null, TimeSpan.Zero, null);

    [Test]
    public void Meet_SkipAndCalls_StrikesThoseInBetween() =>
        Strikes(new FaultTally(Always with { SkipCalls = 2, Calls = 3 }, 0), 7).Should().Equal(false, false, true, true, true, false, false);

    [Test]
    public void Meet_OtherAction_IsNotCounted()
    {
        var tally = new FaultTally(Always with { Actions = new ActionPattern(["Describe*", "CreateRoute"]), SkipCalls = 1 }, 0);
        tally.Meet("ReplaceRoute", TimeSpan.Zero).Should().BeNull();
        tally.Meet("DescribeVpcs", TimeSpan.Zero).Should().BeNull();
        tally.Meet("CreateRoute", TimeSpan.Zero).Should().NotBeNull();
        tally.Struck.Should().Be(1);
    }

    [TestCase(9.9, false)]
    [TestCase(10, true)]
    [TestCase(14.9, true)]
    [TestCase(15, false)]
    public void Meet_Window_StrikesInsideOnly(double seconds, bool expected)
    {
        var tally = new FaultTally(Always with { After = TimeSpan.FromSeconds(10), For = TimeSpan.FromSeconds(5) }, 0);
        (tally.Meet("DescribeVpcs", TimeSpan.FromSeconds(seconds)) is not null).Should().Be(expected);
    }

    [Test]
    public void Meet_SameSeed_DecidesAlike()
    {
        var trigger = Always with { Probability = 0.5 };
        var first = Strikes(new FaultTally(trigger, 42), 200);
        Strikes(new FaultTally(trigger, 42), 200).Should().Equal(first);
        Strikes(new FaultTally(trigger, 43), 200).Should().NotEqual(first);
        Strikes(new FaultTally(trigger with { Path = "$.errors[1]" }, 42), 200).Should().NotEqual(first);
    }

    [TestCase(0, 0, 0)]
    [TestCase(0.25, 200, 300)]
    [TestCase(1, 1000, 1000)]
    public void Meet_Probability_StrikesThatShare(double probability, int least, int most) =>
        Strikes(new FaultTally(Always with { Probability = probability }, 7), 1000).Count(s => s).Should().BeInRange(least, most);

    private static List<bool> Strikes(FaultTally tally, int calls) =>
        [.. Enumerable.Range(0, calls).Select(_ => tally.Meet("DescribeVpcs", TimeSpan.Zero) is not null)];
}
