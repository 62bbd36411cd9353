"""The parts of upvoting open answers; what others use of them is in `pollapp.ballots.upvoting`."""
