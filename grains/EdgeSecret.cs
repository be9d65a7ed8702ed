using System.Security.Cryptography;

namespace Sluice.Grains;

/// <summary>
/// The secret of this process's edge, which the row of its session shows to members that read the database. It seals
/// the messages between the edge and the silos.
/// </summary>
public sealed class EdgeSecret
{
    private const int Length = 32;

    private readonly byte[] _value = RandomNumberGenerator.GetBytes(Length);

    internal byte[] Value => _value;
}
