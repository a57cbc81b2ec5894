using VpcRouter.Monitors.Multi;

namespace VpcRouter.Tests.Monitors.Multi;

internal sealed class MultiModeTests
{
    [TestCase("any", 3, 1)]
    [TestCase("ALL", 3, 3)]
    [TestCase("2", 3, 2)]
    [TestCase("2", 1, 1)]
    [TestCase("1", 3, 1)]
    [TestCase("all", 0, 0)]
    public void Needed_Voters_AreThoseThatHaveAVote(string mode, int voters, int needed) => MultiMode.Parse(mode, null).Needed(voters).Should().Be(needed);

    [TestCase("any")]
    [TestCase("all")]
    [TestCase("2")]
    public void ToString_Mode_ReadsBackAsTheSame(string mode) => MultiMode.Parse(mode, null).ToString().Should().Be(mode);

    [TestCase("")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("most")]
    public void Parse_Nonsense_SaysWhatToGive(string mode)
    {
        var act = () => MultiMode.Parse(mode, null);

        act.Should().Throw<FormatException>().WithMessage("*give any, all, or a number from 1 to that of the monitors");
    }
}
