namespace Sluice.Api.Auth;

/// <summary>
/// Lets one attempt at a time prove who an account belongs to. Attempts are taken before they are checked, so many
/// right ones at once would else lock the account for each other.
/// </summary>
internal sealed class AccountTurns
{
    /// <summary>Maximum attempts that wait for one account; more are refused.</summary>
    private const int WaitingMax = 20;

    private readonly Dictionary<long, Turn> _turns = [];
    private readonly Lock _gate = new();

    /// <summary>Waits for the account's turn; dispose it when the attempt is over.</summary>
    /// <returns>Null if too many are waiting.</returns>
    public async Task<IDisposable?> TakeAsync(long memberId, CancellationToken ct)
    {
        Turn? turn;
        lock (_gate)
        {
            if (!_turns.TryGetValue(memberId, out turn))
                _turns[memberId] = turn = new Turn(this, memberId);
            if (turn.Holders > WaitingMax)
                return null;
            turn.Holders++;
        }

        try
        {
            await turn.Gate.WaitAsync(ct);
            return turn;
        }
        catch
        {
            Leave(turn);
            throw;
        }
    }

    private void Leave(Turn turn)
    {
        lock (_gate)
        {
            if (--turn.Holders == 0)
                _turns.Remove(turn.MemberId);
        }
    }

    private sealed class Turn(AccountTurns turns, long memberId) : IDisposable
    {
        public long MemberId => memberId;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>Those who wait, and who has the turn.</summary>
        public int Holders { get; set; }

        public void Dispose()
        {
            Gate.Release();
            turns.Leave(this);
        }
    }
}
