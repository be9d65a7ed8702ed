using Sluice.Bench.Contenders;
using Sluice.LoadTest.Events;

namespace Sluice.Bench.Http;

/// <summary>One row of the comparison: a contender under one kind of load.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Contender">Which server; rows may share one.</param>
/// <param name="Mode">Single requests or batches.</param>
/// <param name="Ack">When Sluice may answer; the peers know only one way.</param>
/// <param name="Connections">Connections of the load generator.</param>
/// <param name="Keys">Only the first so many keys get load; without it all do.</param>
internal sealed record HttpRow(
    string Name, IContender Contender, SendMode Mode, AckMode Ack, int Connections, int? Keys = null);
