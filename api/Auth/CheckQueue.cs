using System.Net;
using Sluice.Engine.Keys;

namespace Sluice.Api.Auth;

/// <summary>
/// Lets a few checks of passwords run at once and the others wait, dealt out by sender: one who guesses waits behind
/// the own guesses and does not delay the sign-ins of others. A sender may have as many waiting as there are places
/// free, so there is always one for another sender.
/// </summary>
/// <param name="atOnce">Checks that run at once.</param>
/// <param name="waitingMax">Checks that wait.</param>
internal sealed class CheckQueue(int atOnce, int waitingMax)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SenderNetwork, Queue<TaskCompletionSource>> _waiting = [];
    private readonly Queue<SenderNetwork> _round = [];
    private int _free = atOnce;
    private int _count;

    /// <summary>Waits for the sender's turn; call <see cref="Leave"/> after the check.</summary>
    /// <returns>Whether it may run; false at once if too many are waiting.</returns>
    /// <exception cref="OperationCanceledException">The sender has gone; its turn goes to the next.</exception>
    public async Task<bool> TryEnterAsync(IPAddress? address, CancellationToken ct)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }

            if (!TryAdd(SenderNetwork.Of(address), turn))
                return false;
        }

        await using var gone = ct.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task;
        return true;
    }

    public void Leave()
    {
        lock (_gate)
        {
            while (_round.TryDequeue(out var sender))
            {
                var queue = _waiting[sender];
                var next = queue.Dequeue();
                _count--;
                if (queue.Count > 0)
                    _round.Enqueue(sender);
                else
                    _waiting.Remove(sender);
                if (next.TrySetResult())
                    return;
            }

            _free++;
        }
    }

    private bool TryAdd(SenderNetwork sender, TaskCompletionSource turn)
    {
        var mine = _waiting.GetValueOrDefault(sender);
        if ((mine?.Count ?? 0) >= waitingMax - _count)
            return false;
        if (mine is null)
        {
            _waiting.Add(sender, mine = new Queue<TaskCompletionSource>());
            _round.Enqueue(sender);
        }

        mine.Enqueue(turn);
        _count++;
        return true;
    }
}
