using System.Net;
using System.Threading.Channels;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;
using VpcRouter.Watchers.FixedConf;

namespace VpcRouter.Tests.Watchers;

public class FixedConfWatcherTests
{
    [TestCase("10.33.20.93", "10.33.20.93")]
    [TestCase("10.33.20.93:10.33.30.22:10.33.20.93", "10.33.20.93,10.33.30.22")]
    [TestCase("10.33.20.93, 10.33.30.22", "10.33.20.93,10.33.30.22")]
    [TestCase("fd00::1", "fd00::1")]
    [TestCase("fd00::1,fd00::2,10.0.0.1", "fd00::1,fd00::2,10.0.0.1")]
    public void Parse_Hosts_ReadsThem(string text, string expected) => FixedHosts.Parse(text, null).ToString().Should().Be(expected);

    [TestCase("fixed-cidr", "10.55.16.0", "--fixed-cidr \"10.55.16.0\" is not a destination; give a CIDR*")]
    [TestCase("fixed-hosts", "10.0.0.1:x", "--fixed-hosts \"10.0.0.1:x\" holds \"x\", which is not a host address; separate*")]
    [TestCase("fixed-hosts", "fd00::1:fd00::2,", "--fixed-hosts \"fd00::1:fd00::2,\" holds *")]
    [TestCase("fixed-hosts", "", "--fixed-hosts \"\" holds \"\"*")]
    public void Bind_WrongValue_NamesSettingValueAndRemedy(string setting, string value, string expected)
    {
        var values = new Dictionary<string, string> { ["fixed_cidr"] = "10.55.16.0/24", ["fixed_hosts"] = "10.0.0.1" };
        values[setting.Replace('-', '_')] = value;

        var errors = new List<SettingError>();
        SettingsBinder.Bind(typeof(FixedConfSettings), values, errors);

        errors.Should().ContainSingle().Which.ToString().Should().Match(expected);
    }

    [Test]
    public void Constructor_NothingGiven_NamesBothSettings()
    {
        var making = () => new FixedConfWatcher(new FixedConfSettings());

        making.Should().Throw<SettingsException>().Which.Errors.Select(error => error.Setting).Should().Equal("fixed-cidr", "fixed-hosts");
    }

    [Test]
    public async Task WatchAsync_Run_EmitsOneSpecAndReturns()
    {
        var specs = Channel.CreateUnbounded<RouteSpec>();
        var settings = new FixedConfSettings { FixedCidr = RouteDestination.Parse("10.55.16.0/24"), FixedHosts = FixedHosts.Parse("10.0.0.1:10.0.0.2", null) };
        await using var watcher = new FixedConfWatcher(settings);

        await watcher.WatchAsync(specs.Writer, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        specs.Reader.TryRead(out var spec).Should().BeTrue();
        spec!.Entries.Single().Hosts.Should().Equal(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2"));
        specs.Reader.TryRead(out _).Should().BeFalse();
    }
}
