using System.CommandLine;
using Sluice.LoadTest.Commands;
using Xunit;

namespace Sluice.LoadTest.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("replay --trace a.csv --speed 0 --mode batch --ack memory --run-id r1 --seed 7 --repeat-ids")]
    [InlineData("replay --trace a.csv --from 10 --take 0 --expect-duplicates --tenants 1 --projects 1 --keys 1")]
    [InlineData("demo --seconds 1 --rate 10")]
    [InlineData("hammer --requests 10 --limit 0 --journal j --json --mode reserve --pipeline 4")]
    [InlineData("hammer --verify-journal j --lost-at-most 3")]
    [InlineData("hammer --url http://127.0.0.1:8080 --url http://127.0.0.1:8081 --url http://127.0.0.1:8082")]
    [InlineData("replay --trace a.csv --url http://127.0.0.1:8080 --url http://127.0.0.1:8081")]
    public void Documented_CommandLines_AreUnderstood(string line) => Assert.Empty(Parse(line).Errors);

    [Theory]
    [InlineData("replay")]
    [InlineData("replay --trace a.csv --speed -1")]
    [InlineData("replay --trace a.csv --keys 0")]
    [InlineData("replay --trace a.csv --take -1")]
    [InlineData("replay --trace a.csv --mode telegraph")]
    [InlineData("demo --seconds 0")]
    [InlineData("hammer --requests 0")]
    [InlineData("hammer --limit -5")]
    [InlineData("hammer --connections many")]
    [InlineData("hammer --url")]
    [InlineData("hammer --url http://127.0.0.1:8080 http://127.0.0.1:8081")]
    public void Nonsense_IsRefusedBeforeAnythingIsSent(string line) => Assert.NotEmpty(Parse(line).Errors);

    [Theory]
    [InlineData("", "127.0.0.1:8080")]
    [InlineData("--url http://127.0.0.1:81 --url http://127.0.0.1:82", "127.0.0.1:81 127.0.0.1:82")]
    public void EveryAddress_IsATarget_InItsOrder(string line, string targets)
    {
        var arguments = new NodeArguments();
        var command = new RootCommand();
        arguments.AddTo(command);

        var node = arguments.Read(command.Parse(line));

        Assert.Equal(targets.Split(' '), node.Targets.Select(target => target.Authority));
        Assert.Equal(node.Targets[0], node.First);
    }

    private static ParseResult Parse(string line) =>
        new RootCommand { ReplayCommand.Create(), DemoCommand.Create(), HammerCommand.Create() }.Parse(line);
}
