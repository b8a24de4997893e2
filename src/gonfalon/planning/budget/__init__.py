"""A campaign's money: lines, orders and bills, moves between lines, burn and forecast, and sums over campaigns."""
