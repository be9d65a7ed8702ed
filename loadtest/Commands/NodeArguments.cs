using System.CommandLine;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Commands;

/// <summary>The options common to every command: nodes and tokens.</summary>
internal sealed class NodeArguments
{
    private readonly Option<string[]> _url = new("--url")
    {
        Description = "Address of the node; given again for each further node of a cluster, among which connections "
            + "are dealt in turn",
        DefaultValueFactory = _ => ["http://127.0.0.1:8080"],
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _operatorTokenFile = new("--operator-token-file")
    {
        Description = "File of the operator's token (or SLUICE_OPERATOR_TOKEN, then <SLUICE_DATA>/operator-token)",
    };

    private readonly Option<string?> _gatewayTokenFile = new("--gateway-token-file")
    {
        Description = "File of the gateway's token (or SLUICE_GATEWAY_TOKEN, then <SLUICE_DATA>/gateway-token)",
    };

    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_operatorTokenFile);
        command.Add(_gatewayTokenFile);
    }

    public NodeSettings Read(ParseResult parsed) => new(
        [.. parsed.GetValue(_url)!.Select(HttpTarget.Parse)],
        parsed.GetValue(_operatorTokenFile),
        parsed.GetValue(_gatewayTokenFile));
}
