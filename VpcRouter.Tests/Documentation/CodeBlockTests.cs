using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using VpcRouter.Plugins;

namespace VpcRouter.Tests.Documentation;

internal sealed class CodeBlockTests
{
    private static readonly IReadOnlyList<CodeBlock> Blocks = CodeBlock.All();

    private static IEnumerable<TestCaseData> Programs()
    {
        foreach (var document in Blocks.Where(block => block.Language == "csharp").GroupBy(block => block.Document))
        {
            var project = new List<CodeBlock>();
            foreach (var block in document)
            {
                if (!block.Continues && project.Count > 0)
                {
                    yield return Case(project);
                    project = [];
                }

                project.Add(block);
            }

            yield return Case(project);
        }

        static TestCaseData Case(List<CodeBlock> project) => new TestCaseData(project).SetArgDisplayNames(project[0].ToString());
    }

    private static IEnumerable<TestCaseData> Plugins() =>
        Programs().Where(program => ((List<CodeBlock>)program.Arguments[0]!).Any(block => block.Text.Contains("[assembly: VpcRouterPlugin(", StringComparison.Ordinal)));

    private static IEnumerable<CodeBlock> Json() => Blocks.Where(block => block.Language == "json");

    private static IEnumerable<CodeBlock> Xml() => Blocks.Where(block => block.Language == "xml");

    private static IEnumerable<CodeBlock> Shell() => Blocks.Where(block => block.Language == "sh");

    [TestCaseSource(nameof(Programs))]
    public void CSharp_Compiles(IReadOnlyList<CodeBlock> project) => DocCompiler.Compile(project).Should().BeEmpty();

    [TestCaseSource(nameof(Plugins))]
    public void Plugin_IsOne(IReadOnlyList<CodeBlock> project) =>
        PluginCatalog.FromAssemblies(DocCompiler.Load(project)).Plugins.Should().ContainSingle().Which.Name.Should().StartWith("Acme.");

    [TestCaseSource(nameof(Json))]
    public void Json_Parses(CodeBlock block) => FluentActions.Invoking(() => JsonDocument.Parse(block.Text)).Should().NotThrow();

    [TestCaseSource(nameof(Xml))]
    public void Xml_Parses(CodeBlock block) => FluentActions.Invoking(() => XDocument.Parse($"<fragment>{block.Text}</fragment>")).Should().NotThrow();

    [TestCaseSource(nameof(Shell))]
    public async Task Shell_Parses(CodeBlock block)
    {
        if (!File.Exists("/bin/bash"))
            Assert.Ignore("there is no bash here");
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-n", "-c", block.Text]) { RedirectStandardError = true })!;
        var said = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        said.Should().BeEmpty();
    }

    [Test]
    public void EveryBlock_IsOfALanguageThatIsChecked() =>
        Blocks.Where(block => block.Language is not ("csharp" or "json" or "xml" or "sh" or "text")).Select(block => $"{block}: {block.Language}").Should().BeEmpty();

    // A fence says that it is C#, so that it is compiled; what is only indented would go unchecked.
    [Test]
    public void IndentedBlocks_HoldNoCSharp() =>
        CodeBlock.IndentedLines().Where(line => line.EndsWith(';') && !line.Contains(": # ", StringComparison.Ordinal)).Should().BeEmpty("but for a shell's comments");

    [Test]
    public void Compiler_WrongCode_IsFound() =>
        DocCompiler.Compile([new CodeBlock("x.md", 1, "csharp", false, "VpcRouter.RouteSpecs.RouteSpec spec = null; spec.NoSuchThing();")]).Should().NotBeEmpty();

    [Test]
    public void Compiler_InternalType_IsNotSeen() =>
        DocCompiler.Compile([new CodeBlock("x.md", 1, "csharp", false, "var made = new VpcRouter.Plugins.PluginSettings(new Dictionary<string, string>()); Console.WriteLine(made);")]).Should().NotBeEmpty();
}
