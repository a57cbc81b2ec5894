using VpcRouter.Tests.Support;
using VpcRouter.Watchers.ConfigFile;

namespace VpcRouter.Tests.Watchers;

public class LinkChainTests
{
    [Test]
    public void Of_LinksOverFolders_NamesEveryStep()
    {
        using var folder = new TemporaryFolder();
        folder.Write("..2026/spec.json", "{}");
        folder.Link("..data", "./..2026/../..2026");
        folder.Link("spec.json", "..data/spec.json");

        var chain = LinkChain.Of(folder["spec.json"]);

        chain.Target.Should().Be(folder["..2026/spec.json"]);
        chain.Names[Path.GetDirectoryName(folder["spec.json"])!].Should().Equal("..data", "spec.json");
        chain.Names[folder["..2026"]].Should().Equal("spec.json");
    }

    [Test]
    public void Of_CircleOfLinks_Throws()
    {
        using var folder = new TemporaryFolder();
        folder.Link("a", "b");
        folder.Link("b", "a");

        var following = () => LinkChain.Of(folder["a"]);

        following.Should().Throw<IOException>().WithMessage("Too many symbolic links*");
    }
}
