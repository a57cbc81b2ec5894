using System.Net;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Tests.Settings;

public class SettingsBinderTests
{
    [Test]
    public void Bind_NothingButTheRequired_KeepsDefaults()
    {
        var settings = Bound(("name", "x"));

        settings.Count.Should().Be(3);
        settings.CheckInterval.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Test]
    public void Bind_EveryType_ReadsIt()
    {
        var settings = Bound(
            ("NAME", "x"), ("is_on", "True"), ("count", "7"), ("share", "0.5"), ("check_interval", "1m"),
            ("mode", "ORDERED"), ("small", "9"), ("host", "10.0.0.1"), ("ignore", "10.0.0.0/8,0.0.0.0"), ("token", "abcd"), ("of-another", "y"));

        settings.Should().BeEquivalentTo(new { Name = "x", IsOn = true, Count = 7, Share = 0.5, CheckInterval = TimeSpan.FromMinutes(1), Mode = RouterSelectionMode.Ordered, Small = (ushort)9 });
        settings.Host.Should().Be(IPAddress.Parse("10.0.0.1"));
        settings.Ignore.ToString().Should().Be("10.0.0.0/8,0.0.0.0/0");
    }

    [TestCase("is-on", "1", "--is-on \"1\" is neither true nor false")]
    [TestCase("count", "1.5", "--count \"1.5\" is not a whole number")]
    [TestCase("count", "11", "--count \"11\" is out of range; give 1 to 10")]
    [TestCase("share", "NaN", "--share \"NaN\" is not a number")]
    [TestCase("check_interval", "soon", "--check-interval \"soon\" is not a duration; give seconds (2, 0.5) or a number with a unit (500ms, 2s, 5m, 1h)")]
    [TestCase("check-interval", "2m", "--check-interval \"2m\" is out of range; give 0 (never) or 5 to 60 seconds")]
    [TestCase("mode", "best", "--mode \"best\" is not one of spread, ordered, zone, random")]
    [TestCase("mode", "", "--mode \"\" is not one of spread, ordered, zone, random")]
    [TestCase("mode", "-0", "--mode \"-0\" is not one of spread, ordered, zone, random")]
    [TestCase("mode", "spread,ordered", "--mode \"spread,ordered\" is not one of spread, ordered, zone, random")]
    [TestCase("small", "70000", "--small \"70000\" is not a valid UInt16")]
    [TestCase("host", "router", "--host \"router\" is not a valid IPAddress")]
    [TestCase("ignore", "10.0.0.0/8,x", "--ignore \"10.0.0.0/8,x\" holds \"x\", which is no CIDR or address; give for example 10.0.0.0/8,192.168.1.1")]
    [TestCase("name", "", "--name is required: give a name")]
    [TestCase("token", "abcde", "--token \"***\" is too long; give at most 4 characters")]
    public void Bind_WrongValue_NamesSettingValueAndRemedy(string setting, string value, string expected)
    {
        var values = new Dictionary<string, string> { ["name"] = "x", [setting] = value };

        var errors = new List<SettingError>();
        SettingsBinder.Bind(typeof(SampleSettings), values, errors);

        errors.Should().ContainSingle().Which.ToString().Should().Be(expected);
    }

    [Test]
    public void Bind_SeveralErrors_CollectsAll()
    {
        var errors = new List<SettingError>();
        SettingsBinder.Bind(typeof(SampleSettings), new Dictionary<string, string> { ["count"] = "x", ["check-interval"] = "3" }, errors);

        errors.Select(error => error.Setting).Should().BeEquivalentTo("count", "check-interval", "name");
        new SettingsException(errors).Message.Should().Contain("; ");
    }

    [Test]
    public void Show_Secret_IsMasked()
    {
        var settings = new SampleSettings { Token = "abcd" };

        SettingDescriptor.Of(typeof(SampleSettings)).Single(setting => setting.Secret).Show(settings).Should().Be("***");
    }

    private static SampleSettings Bound(params (string Name, string Value)[] values)
    {
        var errors = new List<SettingError>();
        var settings = SettingsBinder.Bind(typeof(SampleSettings), values.ToDictionary(pair => pair.Name, pair => pair.Value), errors);
        errors.Should().BeEmpty();
        return (SampleSettings)settings;
    }
}
