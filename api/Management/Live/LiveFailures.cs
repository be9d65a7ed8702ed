using System.Net.Sockets;
using Npgsql;
using Sluice.Engine.Authorities;

namespace Sluice.Api.Management.Live;

/// <summary>Tells failures of the store and of authorities, which pass, from faults of the program.</summary>
internal static class LiveFailures
{
    public static bool AreExpected(Exception failure) => failure is NpgsqlException or SocketException or IOException
        or TimeoutException or SignalUnavailableException or OperationCanceledException;
}
