using VpcRouter.AspNetCore;
using VpcRouter.Cli.Settings;
using VpcRouter.Hosting;
using VpcRouter.Settings;
using VpcRouter.Testing.Contracts;

namespace VpcRouter.Tests.Contracts;

internal sealed class HostFlagsTests
{
    private static readonly SettingDescriptor[] OfTheHost =
    [
        .. new[] { typeof(GeneralSettings), typeof(VpcRouterHttpOptions), typeof(TlsSettings), typeof(VpcRouterOptions) }.SelectMany(SettingDescriptor.Of),
    ];

    [Test]
    public void Names_HoldAllSettingsOfTheHost() => HostFlags.Names.Should().Contain(OfTheHost.Select(setting => setting.Name));

    [Test]
    public void Letters_HoldAllOfTheHost() => HostFlags.Letters.Should().Contain(OfTheHost.Select(setting => setting.ShortName).OfType<string>());
}
